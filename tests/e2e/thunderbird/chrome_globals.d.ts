// SPDX-License-Identifier: MPL-2.0
// What scripts that run inside Thunderbird find there. Its own types are not published; the cases are the test of these.
declare const Services: any;
declare const ChromeUtils: any;
declare const WebExtensionPolicy: any;
declare const Cc: any;
declare const Ci: any;
