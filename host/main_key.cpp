// SPDX-License-Identifier: MPL-2.0
// lastlook-key: asks the Secret Service of this session for the store's key. A program of its own: the host is one
// static file, and nothing that hangs here may hang it (store/secret_service.h). Composition only.
#include "key_program/key_program.h"

int main(int argc, char** argv) {
  return lastlook::RunKeyProgram({argv + (argc > 0 ? 1 : 0), argv + argc});
}
