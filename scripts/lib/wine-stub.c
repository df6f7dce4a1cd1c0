// What Debian's Wine 8.0 lacks of two DLLs, for programs that are linked with them. One file makes both:
// ProcessPrng of bcryptprimitives.dll, where Rust's standard library gets its random numbers, and GetIfTable2 of
// iphlpapi.dll, which Java asks for network adapters. Wine has GetIfTable2, but not what Java calls next: told that
// there are no adapters, Java does not get there.

#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return RtlGenRandom(data, (ULONG)size);
}

__declspec(dllexport) DWORD WINAPI GetIfTable2(void **table) {
  *table = NULL;
  return ERROR_NOT_SUPPORTED;
}
