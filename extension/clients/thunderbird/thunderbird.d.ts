// SPDX-License-Identifier: MPL-2.0
// What Thunderbird's API (Manifest V3) has and the published types of version 127 lack.
// Source: schemas/addressBook.json, schemas/alarms.json, schemas/compose.json of Thunderbird 153.

declare namespace browser.addressBooks {
  namespace mailingLists {
    interface MailingListNode {
      id: string;
      name: string;
      description?: string;
    }
    function list(parentId: string): Promise<MailingListNode[]>;
    function listMembers(id: string): Promise<contacts.ContactNode[]>;
  }
  namespace contacts {
    interface ContactNode {
      id: string;
      parentId?: string;
      vCard?: string;
    }
    function query(query: { searchString: string; includeRemote?: boolean }): Promise<ContactNode[]>;
  }
}

declare namespace browser.alarms {
  function create(name: string, when: { periodInMinutes: number }): void;
  function clear(name: string): Promise<boolean>;
  const onAlarm: { addListener(callback: () => void): void };
}

declare namespace browser.compose {
  interface ComposeDetails {
    attachPublicPGPKey?: boolean;
  }
}

declare namespace browser.messages {
  function getHeaders(messageId: number): Promise<Record<string, string[]>>;
}
