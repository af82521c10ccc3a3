/** An error as the Web API words it: `{error: {status, message, reason?}}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly reason?: string,
  ) {
    super(message);
  }

  get body(): { error: { status: number; message: string; reason?: string } } {
    return {
      error: { status: this.status, message: this.message, ...(this.reason !== undefined && { reason: this.reason }) },
    };
  }
}

export const badRequest = (message: string): ApiError => new ApiError(400, message);
export const deviceNotFound = (): ApiError => new ApiError(404, 'Device not found');
export const noActiveDevice = (): ApiError =>
  new ApiError(404, 'Player command failed: No active device found', 'NO_ACTIVE_DEVICE');
export const restrictionViolated = (): ApiError =>
  new ApiError(403, 'Player command failed: Restriction violated', 'UNKNOWN');
export const premiumRequired = (): ApiError =>
  new ApiError(403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED');
export const resourceNotFound = (): ApiError => new ApiError(404, 'Resource not found');
