package io.vmferry.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The version this build has, from its own resources. */
public final class Version {
    private Version() {}

    public static String current() {
        try (@Nullable InputStream in = Version.class.getResourceAsStream("/io/vmferry/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
