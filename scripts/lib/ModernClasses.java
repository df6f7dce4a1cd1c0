import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives the classes of a jar that are older than Java 6 the form of Java 8, and changes nothing else. The
/// old form has no stack maps, and JDK 25 leaves such classes out of its ahead-of-time caches.
///
///     java ModernClasses.java JAR
final class ModernClasses {
    private static final ClassTransform MODERNIZED =
            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                    .andThen(
                            (builder, element) -> {
                                if (element instanceof ClassFileVersion) {
                                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                                } else {
                                    builder.with(element);
                                }
                            });

    private ModernClasses() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path temporary = Files.createTempFile(jar.getParent(), "modern-", ".tmp");
        boolean changed = false;
        try (ZipFile in = new ZipFile(jar.toFile());
                URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(temporary))) {
            ClassFile files =
                    ClassFile.of(
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(classes)));
            for (ZipEntry entry : in.stream().toList()) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    ClassModel model = files.parse(content);
                    if (model.majorVersion() < ClassFile.JAVA_6_VERSION) {
                        content = files.transformClass(model, MODERNIZED);
                        changed = true;
                    }
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        if (changed) {
            Files.move(temporary, jar, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.delete(temporary);
        }
    }
}
