// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The host's error codes this side acts upon (host/wire/PROTOCOL.md, "Errors").

export const FRAME_TOO_LARGE = 1001;
export const PROTOCOL_MISMATCH = 1010;
export const STALE_DIGEST = 1201;
export const STALE_POLICY = 1202;
export const UNKNOWN_FIX = 1203;
export const BLOCKED = 1204;
export const CANNOT_CARRY_OUT = 1205;
export const NOT_COVERED = 1206;
export const PART_TOO_LARGE = 1303;
export const UNKNOWN_PART = 1305;
export const PARTS_PENDING = 1306;
export const NOT_RECORDED = 1401;
export const UNKNOWN_HOLD = 1501;
export const HOLD_BUSY = 1502;
export const HOLD_NOT_DUE = 1503;
export const HOLD_MAY_NOT_BE_CANCELLED = 1504;
export const UNKNOWN_METHOD = -32601;
export const INVALID_PARAMS = -32602;
