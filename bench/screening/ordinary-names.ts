const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Names of nobody in particular: every given name with every surname of its group. American ones are the most frequent of the Census Bureau's 2010
 * surnames and of the Social Security Administration's given names (both in the public domain); the others are common where they come from. The groups
 * are told apart because lists are not evenly of the world: where many listed people come from, more names are like theirs.
 */
const PEOPLE: Readonly<Record<string, { readonly given: readonly string[]; readonly surnames: readonly string[] }>> = {
  American: {
    given: words(
      "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen",
    ),
    surnames: words(
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Jackson Martin Lee Thompson White Harris Clark Lewis",
    ),
  },
  Spanish: {
    given: words("Maria Jose Juan Carmen Luis Ana Carlos Laura Jorge Elena Miguel Rosa Pedro Lucia Diego"),
    surnames: words(
      "Garcia Rodriguez Martinez Hernandez Lopez Gonzalez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz Cruz",
    ),
  },
  Arabic: {
    given: words("Mohammed Ahmed Ali Fatima Hassan Omar Layla Khaled Youssef Mariam Ibrahim Noor"),
    surnames: words("Hussein Ibrahim Mahmoud Salem Khalil Nasser Haddad Mansour Saleh Aziz Farouk Hamdan"),
  },
  Russian: {
    given: words("Ivan Olga Sergey Natalia Dmitry Elena Alexander Irina Alexey Tatiana Mikhail Anna"),
    surnames: words("Ivanov Petrov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Volkov Zaitsev"),
  },
  Hebrew: {
    given: words("Noam David Moshe Yael Tamar Avi Yosef Noa Itai Shira Daniel Michal"),
    surnames: words("Cohen Levi Mizrahi Peretz Biton Dahan Avraham Friedman Malka Azulay Katz Yosef"),
  },
  Chinese: {
    given: words("Wei Fang Min Jing Lei Xiuying Jun Yan Ming Hui Xin Hao"),
    surnames: words("Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun"),
  },
};

const COMPANIES = `Sunrise Media Partners|Blue Ocean Trading|Green Valley Farms|North Star Consulting|Global Trade Solutions|Gulf Trading LLC|Eastern Shipping Company
Pacific Petroleum Services|Delta Engineering Group|Apex Capital Bank|Golden Gate Travel|Mediterranean Foods SA|Alpha Tech Industries|Royal Construction Co
First National Insurance|Atlas Logistics GmbH|Nova Digital Marketing|Orion Software Ltd|Summit Real Estate|Silver Line Transport|Vertex Holdings
Phoenix Security Services|Bright Future Education|Metro Auto Parts|Crystal Clear Water|Quantum Analytics|Liberty Steel Works|Harbor View Hotels
Red Rock Mining|Evergreen Energy|Tel Aviv Startups|Negev Solar|Galil Medical|Moscow Cafe|Saint Petersburg Books|Dubai Events FZE|Cairo Textiles
Lima Coffee Export|Bogota Flowers|Caracas Import|Ada Writes|The Tidy Ledger|Kitchen Table Finance|Northgate Accounting|Brightwell Advisors
Alder Consulting|Oakline Agency|Cedar Row|Castellan Pay|Plainfield Credit|Maple Street Blog|Lantern Reviews|Paper Boats|Monday Receipts|Field Guide to Fees
Quiet Growth Letter|Side Street Podcast|Half Past Invoice|Tallybook|Cartographer`;

export type NameGroup = { readonly group: string; readonly names: readonly string[] };

/** Who would register, as far as names go. */
export const ORDINARY_NAMES: readonly NameGroup[] = [
  ...Object.entries(PEOPLE).map(([group, { given, surnames }]) => ({
    group,
    names: given.flatMap((first) => surnames.map((last) => `${first} ${last}`)),
  })),
  { group: "companies", names: COMPANIES.split(/[|\n]/) },
];
