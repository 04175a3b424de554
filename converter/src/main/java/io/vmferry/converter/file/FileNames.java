package io.vmferry.converter.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the JVM turns names of files into bytes; a call of the C library needs the same ones. */
final class FileNames {
    static final Charset ENCODING = encoding();

    private FileNames() {}

    private static Charset encoding() {
        String name = System.getProperty("sun.jnu.encoding");
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
