// Stands in for a DLL of Debian's Wine 8.0 that lacks a function of Windows. Java calls it for the random names of
// temporary files, after this one. Told here that there are no network adapters, Java does without them.

#include <windows.h>

__declspec(dllexport) DWORD WINAPI GetIfTable2(void **table) {
  *table = NULL;
  return ERROR_NOT_SUPPORTED;
}
