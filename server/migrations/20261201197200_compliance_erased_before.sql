-- Why: who was erased before names of hits were erased as well kept them, and the country that was compared.

-- Up Migration
set local lock_timeout = '5s';

-- But not while the law asks to keep them: a possible match is undecided, or it is one.
create temporary table erased_before on commit drop as
select p.tenant_id, p.id as partner_id
  from privacy_erasures e
  join partners p on (p.tenant_id, p.user_id) = (e.tenant_id, e.user_id)
 where e.status = 'done'
   and not exists (
         select from screening_cases c
          where (c.tenant_id, c.partner_id) = (p.tenant_id, p.id) and c.status in ('open', 'escalated', 'confirmed'));

delete from screening_hits h using erased_before b where (h.tenant_id, h.partner_id) = (b.tenant_id, b.partner_id);

update partner_screenings s
   set subject_hash = 'erased ' || gen_random_uuid(), names = '[]', country = null
  from erased_before b
 where (s.tenant_id, s.partner_id) = (b.tenant_id, b.partner_id) and s.subject_hash not like 'erased %';

drop table erased_before;

-- Down Migration
-- What was erased stays erased.
