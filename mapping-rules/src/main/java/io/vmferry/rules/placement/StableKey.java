package io.vmferry.rules.placement;

import io.vmferry.spi.model.VmRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names that are the same in every plan, because they follow from source and VM alone. */
public final class StableKey {
    private StableKey() {}

    /** 40 bits: among ten thousand VMs two collide once in twenty thousand plans, and a check would see it. */
    private static final int KEY_DIGITS = 10;

    private static final int SUFFIX_DIGITS = 8;

    /** Key of a VM's plan: {@code v-3f9a1c20d4}. */
    public static String of(VmRef vm) {
        return "v-" + digest(vm.source() + "\u0000" + vm.key()).substring(0, KEY_DIGITS);
    }

    /** What makes a name unique that was cut or lost letters. */
    static String suffix(String text) {
        return digest(text).substring(0, SUFFIX_DIGITS);
    }

    private static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
