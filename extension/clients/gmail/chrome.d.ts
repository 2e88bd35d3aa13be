// SPDX-License-Identifier: MPL-2.0
// What is used of Chromium's API. Source: developer.chrome.com/docs/extensions/reference/api.

declare namespace chrome {
  interface Listeners<F extends (...all: any[]) => any> {
    addListener(listener: F): void;
  }
  namespace runtime {
    const id: string | undefined;
    const lastError: { message?: string } | undefined;
    interface Port {
      name: string;
      sender?: { id?: string; tab?: { id?: number }; url?: string };
      postMessage(message: any): void;
      disconnect(): void;
      onMessage: Listeners<(message: any) => void>;
      onDisconnect: Listeners<(port: Port) => void>;
    }
    function getURL(path: string): string;
    function getManifest(): { version: string };
    function connect(info: { name: string }): Port;
    function connectNative(name: string): Port;
    function reload(): void;
    const onConnect: Listeners<(port: Port) => void>;
    const onStartup: Listeners<() => void>;
    const onInstalled: Listeners<(details: { reason: string }) => void>;
  }
  namespace i18n {
    function getMessage(key: string, substitutions?: string[]): string;
    function getUILanguage(): string;
  }
  namespace management {
    function getSelf(): Promise<{ installType: string }>;
  }
  namespace scripting {
    function executeScript(injection: { target: { tabId: number }; files: string[] }): Promise<unknown>;
  }
  namespace storage {
    interface Area {
      get(key: string): Promise<Record<string, any>>;
      set(values: Record<string, any>): Promise<void>;
    }
    const local: Area;
    const managed: Area;
    const onChanged: Listeners<(changes: Record<string, { newValue?: any }>, area: string) => void>;
  }
  namespace tabs {
    function query(query: { url: string }): Promise<{ id?: number }[]>;
  }
}
