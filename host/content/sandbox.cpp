// SPDX-License-Identifier: MPL-2.0
#include "content/sandbox.h"

#include <fcntl.h>
#include <sys/resource.h>

#include <cstdint>
#include <initializer_list>

#if defined(__linux__)
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#endif

namespace lastlook::content {
namespace {

constexpr rlim_t kMemoryBytes = rlim_t{1} << 30U;
constexpr rlim_t kConverterSeconds = 20;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // they reserve terabytes of addresses
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

bool Limit(int resource, rlim_t value) {
  const rlimit limit{value, value};
  return setrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &limit) == 0;
}

bool LimitCommon() {
  return Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0) && (kSanitized || Limit(RLIMIT_AS, kMemoryBytes));
}

#if defined(__linux__)

class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(seccomp_init(otherwise)) {}
  ~Filter() { seccomp_release(context_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  // A call that this kernel's library does not know is none that can be made.
  void Rule(std::uint32_t action, std::initializer_list<int> calls) {
    for (const int call : calls) {
      ok_ = ok_ && seccomp_rule_add(context_, action, call, 0) == 0;
    }
  }
  // Where the bits of `mask` in the argument give `value`.
  void RuleWhere(std::uint32_t action, int call, unsigned argument, std::uint64_t mask, std::uint64_t value) {
    ok_ = ok_ &&
          seccomp_rule_add(context_, action, call, 1, scmp_arg_cmp{argument, SCMP_CMP_MASKED_EQ, mask, value}) == 0;
  }
  bool Load() { return ok_ && context_ != nullptr && seccomp_load(context_) == 0; }

 private:
  scmp_filter_ctx context_;
  bool ok_ = true;
};

// Ends with whoever started it, and lets nobody attach.
bool TieToParent() {
  return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

#endif

}  // namespace

bool EnterReadersSandbox() {
  if (!LimitCommon()) {
    return false;
  }
#if defined(__linux__)
  if (!TieToParent()) {
    return false;
  }
  if (kSanitized) {
    return true;  // their reports need calls that a reader has no use for
  }
  Filter filter(SCMP_ACT_KILL_PROCESS);
  filter.Rule(SCMP_ACT_ALLOW, {SCMP_SYS(read),          SCMP_SYS(write),
                               SCMP_SYS(readv),         SCMP_SYS(writev),
                               SCMP_SYS(close),         SCMP_SYS(fstat),
                               SCMP_SYS(lseek),         SCMP_SYS(poll),
                               SCMP_SYS(ppoll),         SCMP_SYS(brk),
                               SCMP_SYS(munmap),        SCMP_SYS(mremap),
                               SCMP_SYS(madvise),       SCMP_SYS(futex),
                               SCMP_SYS(exit),          SCMP_SYS(exit_group),
                               SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigprocmask),
                               SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
                               SCMP_SYS(time),          SCMP_SYS(getrandom),
                               SCMP_SYS(getpid),        SCMP_SYS(gettid),
                               SCMP_SYS(sched_yield),   SCMP_SYS(restart_syscall),
                               SCMP_SYS(tgkill)});
  // Memory may be had, but none that runs.
  filter.RuleWhere(SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, PROT_EXEC, 0);
  filter.RuleWhere(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
  return filter.Load();
#else
  return true;
#endif
}

bool EnterConvertersSandbox() {
  if (!LimitCommon() || !Limit(RLIMIT_CPU, kConverterSeconds)) {
    return false;
  }
#if defined(__linux__)
  if (!TieToParent()) {
    return false;
  }
  constexpr std::uint32_t kRefuse = SCMP_ACT_ERRNO(1);    // EPERM
  constexpr std::uint32_t kUnknown = SCMP_ACT_ERRNO(38);  // ENOSYS: libraries then do without
  Filter filter(SCMP_ACT_ALLOW);
  filter.Rule(SCMP_ACT_KILL_PROCESS,
              {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
               SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount),
               SCMP_SYS(bpf), SCMP_SYS(fork), SCMP_SYS(vfork)});
  filter.Rule(kRefuse, {SCMP_SYS(creat),
                        SCMP_SYS(unlink),
                        SCMP_SYS(unlinkat),
                        SCMP_SYS(rename),
                        SCMP_SYS(renameat),
                        SCMP_SYS(renameat2),
                        SCMP_SYS(mkdir),
                        SCMP_SYS(mkdirat),
                        SCMP_SYS(rmdir),
                        SCMP_SYS(link),
                        SCMP_SYS(linkat),
                        SCMP_SYS(symlink),
                        SCMP_SYS(symlinkat),
                        SCMP_SYS(truncate),
                        SCMP_SYS(chmod),
                        SCMP_SYS(fchmodat),
                        SCMP_SYS(chown),
                        SCMP_SYS(fchownat),
                        SCMP_SYS(setxattr),
                        SCMP_SYS(kill),
                        SCMP_SYS(tkill),
                        SCMP_SYS(unshare),
                        SCMP_SYS(setns),
                        SCMP_SYS(keyctl),
                        SCMP_SYS(mknod),
                        SCMP_SYS(mknodat),
                        SCMP_SYS(fchmod),
                        SCMP_SYS(lchown),
                        SCMP_SYS(fchown),
                        SCMP_SYS(lsetxattr),
                        SCMP_SYS(fsetxattr),
                        SCMP_SYS(removexattr),
                        SCMP_SYS(lremovexattr),
                        SCMP_SYS(fremovexattr),
                        SCMP_SYS(utime),
                        SCMP_SYS(utimes),
                        SCMP_SYS(futimesat),
                        SCMP_SYS(utimensat),
                        SCMP_SYS(rt_sigqueueinfo),
                        SCMP_SYS(rt_tgsigqueueinfo),
                        SCMP_SYS(pidfd_send_signal),
                        SCMP_SYS(pidfd_getfd),
                        SCMP_SYS(add_key),
                        SCMP_SYS(request_key),
                        SCMP_SYS(perf_event_open),
                        SCMP_SYS(ftruncate),
                        SCMP_SYS(fallocate)});
  filter.Rule(kUnknown, {SCMP_SYS(clone3), SCMP_SYS(io_uring_setup), SCMP_SYS(openat2), SCMP_SYS(userfaultfd)});
  // Threads, but no processes; reading, but no writing.
  filter.RuleWhere(SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 0, CLONE_THREAD, 0);
  for (const std::uint64_t how : {O_WRONLY, O_RDWR}) {
    filter.RuleWhere(kRefuse, SCMP_SYS(open), 1, O_ACCMODE, how);
    filter.RuleWhere(kRefuse, SCMP_SYS(openat), 2, O_ACCMODE, how);
  }
  // Opened for reading, a file may still be made or emptied (open(2), O_CREAT and O_TRUNC).
  for (const std::uint64_t how : {O_CREAT, O_TRUNC}) {
    filter.RuleWhere(kRefuse, SCMP_SYS(open), 1, how, how);
    filter.RuleWhere(kRefuse, SCMP_SYS(openat), 2, how, how);
  }
  // A terminal that was inherited is given nothing to type (ioctl_tty(2)).
  for (const std::uint64_t what : {TIOCSTI, TIOCLINUX}) {
    filter.RuleWhere(kRefuse, SCMP_SYS(ioctl), 1, 0xFFFFFFFFU, what);
  }
  return filter.Load();
#else
  return true;
#endif
}

}  // namespace lastlook::content
