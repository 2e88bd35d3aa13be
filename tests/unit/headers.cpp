// SPDX-License-Identifier: MPL-2.0
// Nothing: a target needs a file to make its precompiled headers with.
