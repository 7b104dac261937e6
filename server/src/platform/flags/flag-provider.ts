import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
  StandardResolutionReasons,
} from "@openfeature/server-sdk";

/** Which features are on, by key, in one tenant. */
export type FlagReader = (tenantId: string) => Promise<ReadonlyMap<string, boolean>>;

/** OpenFeature over whatever `read` reads. Flags are on or off, by tenant: `targetingKey` of an evaluation is the tenant. */
export function createFlagProvider(read: FlagReader): Provider {
  const mismatch = async <Value>(_key: string, value: Value): Promise<ResolutionDetails<Value>> => ({
    value,
    reason: StandardResolutionReasons.ERROR,
    errorCode: ErrorCode.TYPE_MISMATCH,
    errorMessage: "features are on or off",
  });
  return {
    metadata: { name: "tributary" },
    runsOn: "server",
    resolveBooleanEvaluation: async (key: string, defaultValue: boolean, { targetingKey }: EvaluationContext) => {
      if (targetingKey === undefined)
        return { value: defaultValue, reason: "ERROR", errorCode: ErrorCode.TARGETING_KEY_MISSING };
      const value = (await read(targetingKey)).get(key);
      return value === undefined
        ? { value: defaultValue, reason: StandardResolutionReasons.DEFAULT }
        : { value, reason: StandardResolutionReasons.TARGETING_MATCH };
    },
    resolveStringEvaluation: mismatch,
    resolveNumberEvaluation: mismatch,
    resolveObjectEvaluation: <Value extends JsonValue>(key: string, value: Value) => mismatch(key, value),
  };
}
