package io.vmferry.converter.digest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The SHA-256 of this machine: the system's OpenSSL where it is installed and JNA can load it, else the JDK's; the system
 * property {@value #SHA256} set to {@code jdk} takes the JDK's anyway. No native library is loaded before it is asked for.
 */
public final class Sha256s {
    /** System property: {@code jdk} leaves OpenSSL alone. */
    public static final String SHA256 = "vmferry.sha256";

    private Sha256s() {}

    /** The fastest that works here, for one thread. */
    static Sha256 best() {
        return Fast.WHY_NOT.isEmpty() ? new CryptoSha256() : new JdkSha256();
    }

    /** Which library is in use and, where it is not the fastest, why; a few words for people. Loads it. */
    public static String describe() {
        return "SHA-256: " + (Fast.WHY_NOT.isEmpty() ? LibCrypto.NAME : "JDK (" + Fast.WHY_NOT + ")");
    }

    /** Why OpenSSL is not in use; empty when it is. */
    static String whyNoLibCrypto() {
        return Fast.WHY_NOT;
    }

    /** Tries OpenSSL once, when first asked. */
    private static final class Fast {
        static final String WHY_NOT = probe();

        private static String probe() {
            if ("jdk".equals(System.getProperty(SHA256))) {
                return "asked for by -D" + SHA256;
            }
            try {
                ByteBuffer content = ByteBuffer.allocateDirect(1000);
                byte[] got = new byte[BlkHash.DIGEST];
                byte[] expected = new byte[BlkHash.DIGEST];
                new CryptoSha256().digest(content, got, 0);
                new JdkSha256().digest(content, expected, 0);
                return Arrays.equals(got, expected) ? "" : LibCrypto.NAME + " computes something else";
            } catch (LinkageError | RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                String text = String.valueOf(cause.getMessage());
                return text.lines().findFirst().orElse(cause.getClass().getSimpleName());
            }
        }
    }
}
