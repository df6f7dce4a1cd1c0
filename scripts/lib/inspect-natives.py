"""Shows what native libraries are and need, and fails unless each exports the functions of the header and no more,
has the name that programs look for, needs nothing but its system, and names no folder of this machine.

    inspect-natives.py HEADER GLIBC <folders>/<platform>/<file>...
"""

import os
import re
import sys
from pathlib import Path

import lief

ARCHITECTURES = {"x86_64": ("X86_64", "AMD64"), "aarch64": ("AARCH64", "ARM64")}
# What every system of the kind has.
SYSTEM = re.compile(
    r"(libc|libm|libdl|libpthread|ld-linux-x86-64|ld-linux-aarch64)\.so(\.\d)?"
    r"|/usr/lib/libSystem\.B\.dylib"
    r"|(kernel32|ntdll|bcryptprimitives|api-ms-win-[a-z0-9-]+)\.dll",
    re.IGNORECASE,
)

OWN_NAME = lief.MachO.LoadCommand.TYPE.ID_DYLIB


def machine(library):
    if isinstance(library, lief.ELF.Binary):
        return library.header.machine_type.name
    if isinstance(library, lief.PE.Binary):
        return library.header.machine.name
    return library.header.cpu_type.name


def exports(library):
    if isinstance(library, lief.PE.Binary):
        return {entry.name for entry in library.get_export().entries}
    # A symbol in C has an underscore in front on macOS.
    prefix = "_" if isinstance(library, lief.MachO.Binary) else ""
    return {symbol.name.removeprefix(prefix) for symbol in library.exported_symbols}


def needs(library):
    if isinstance(library, lief.PE.Binary):
        return [entry.name for entry in library.imports]
    if isinstance(library, lief.MachO.Binary):
        return [entry.name for entry in library.libraries if entry.command != OWN_NAME]
    return library.libraries


def own_name(library):
    """What a program that was linked with the library looks for; on Windows it is the file's name."""
    if isinstance(library, lief.ELF.Binary):
        entry = library.get(lief.ELF.DynamicEntry.TAG.SONAME)
        return entry and entry.name
    if isinstance(library, lief.MachO.Binary):
        return next(entry.name for entry in library.libraries if entry.command == OWN_NAME)
    return None


def expected_name(file, abi_version):
    return {
        ".so": f"{file.name}.{abi_version}",
        ".dylib": f"@rpath/{file.stem}.{abi_version}{file.suffix}",
        ".dll": None,
    }[file.suffix]


def version(text):
    return tuple(int(number) for number in re.findall(r"\d+", text))


def oldest_glibc(library):
    names = {
        symbol.name
        for requirement in library.symbols_version_requirement
        for symbol in requirement.get_auxiliary_symbols()
    }
    return max((name for name in names if name.startswith("GLIBC_")), key=version).removeprefix("GLIBC_")


def oldest_macos(library):
    if library.has_build_version:
        return ".".join(map(str, library.build_version.minos))
    return ".".join(map(str, library.version_min.version))


def inspect(file, functions, abi_version, glibc):
    platform = file.parent.name
    library = lief.parse(file)
    problems = []
    architecture = platform.rpartition("-")[2]
    if machine(library) not in ARCHITECTURES[architecture]:
        problems.append(f"is for {machine(library)}")
    if exports(library) != functions:
        problems.append(f"differs from the header in {sorted(exports(library) ^ functions)}")
    name = own_name(library)
    if name != expected_name(file, abi_version):
        problems.append(f"has the name {name} for programs, and not {expected_name(file, abi_version)}")
    dependencies = needs(library)
    foreign = [name for name in dependencies if not SYSTEM.fullmatch(name)]
    if foreign:
        problems.append(f"needs {foreign}, which not every system has")
    facts = ""
    if platform.startswith("macos"):
        facts = f", macOS {oldest_macos(library)}"
    elif platform.startswith("linux") and "musl" not in platform:
        facts = f", glibc {oldest_glibc(library)}"
        if version(oldest_glibc(library)) > version(glibc):
            problems.append(f"needs a newer glibc than {glibc}")
    content = file.read_bytes()
    for folder in (os.getcwd(), str(Path.home()), str(Path(__file__).resolve().parents[2])):
        if folder != "/" and folder.encode() in content:
            problems.append(f"names the folder {folder}")
    print(f"{platform}: {file.name}, {len(content):,} bytes, {machine(library)}, {len(functions)} functions, as in the header")
    print(f"    {name or file.name} for programs; needs {', '.join(sorted(dependencies))}{facts}")
    for problem in problems:
        print(f"natives: {file} {problem}", file=sys.stderr)
    return not problems


def main(header, glibc, *files):
    header = Path(header).read_text()
    functions = set(re.findall(r"^[a-z].*?\b(trendflex_[a-z0-9_]+)\(", header, re.MULTILINE))
    abi_version = re.search(r"^#define TRENDFLEX_ABI_VERSION (\d+)$", header, re.MULTILINE)[1]
    results = [inspect(Path(file), functions, abi_version, glibc) for file in files]
    sys.exit(not all(results))


main(*sys.argv[1:])
