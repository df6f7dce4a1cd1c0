package io.github.trendflex.jvm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;

/// Runs [Compute] from the jars in a jar, as a launcher of applications in one file does.
public final class JarInJar extends ClassLoader {
    private final Map<String, byte[]> files = new HashMap<>();

    private JarInJar() {
        super(ClassLoader.getPlatformClassLoader());
    }

    public static void main(String[] args) throws Exception {
        JarInJar loader = new JarInJar();
        try (JarFile outer = new JarFile(args[0])) {
            for (JarEntry inner : outer.stream().toList()) {
                if (inner.getName().endsWith(".jar")) {
                    loader.add(outer.getInputStream(inner));
                }
            }
        }
        Class<?> program = loader.loadClass(Compute.class.getName());
        System.out.println(((Callable<?>) program.getConstructor().newInstance()).call());
    }

    private void add(InputStream inner) throws IOException {
        try (JarInputStream jar = new JarInputStream(inner)) {
            JarEntry entry;
            while ((entry = jar.getNextJarEntry()) != null) {
                files.put(entry.getName(), jar.readAllBytes());
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] content = files.get(name.replace('.', '/') + ".class");
        if (content == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, content, 0, content.length);
    }

    @Override
    protected URL findResource(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            return null;
        }
        try {
            return URL.of(URI.create("memory:/" + name), new Memory(content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Like a jar, it has a stream that users share, and another user has closed it.
    private static final class Memory extends URLStreamHandler {
        private final byte[] content;

        Memory(byte[] content) {
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    if (getUseCaches()) {
                        throw new IOException("Stream closed");
                    }
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
