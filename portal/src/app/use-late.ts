import { useQueryClient } from "@tanstack/react-query";
import { type ErrorCode, isTributaryError, type OperationId } from "@tributary/sdk";

/**
 * Whether somebody else was quicker with a decision. What lies behind its dialog stays as it was until that is read, as what is decided shows no
 * decision any more: `readAnew` is for when the dialog closes.
 */
export function useLate(error: unknown, code: ErrorCode, touches: readonly OperationId[]) {
  const client = useQueryClient();
  const isLate = isTributaryError(error, code);
  return {
    isLate,
    readAnew: (): void => {
      if (isLate) for (const id of touches) void client.invalidateQueries({ queryKey: [id] });
    },
  };
}
