package io.vmferry.vmware.files.manifest;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.pack.MemberName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest ({@code .mf}): the digests of the other files of a package.
 *
 * @param file its name, for messages
 * @param digests by file name
 */
public record Manifest(String file, Map<String, Promise> digests) {
    /** How large a manifest may be, bytes. */
    public static final int MAX_BYTES = 4 << 20;

    /** {@code SHA256(disk1.vmdk)= 9f86…}, as OVF has it; blanks around the name occur. */
    private static final Pattern OVF_LINE =
            Pattern.compile("([A-Za-z0-9-]{3,12})\\s*\\((.+)\\)\\s*=\\s*([0-9A-Fa-f]+)");
    /** {@code 9f86…  disk1.vmdk}, as sha256sum writes it. */
    private static final Pattern SUM_LINE = Pattern.compile("([0-9A-Fa-f]{40,128})\\s[ *]?(.+)");

    private static final Map<String, String> ALGORITHMS =
            Map.of("SHA1", "SHA-1", "SHA256", "SHA-256", "SHA384", "SHA-384", "SHA512", "SHA-512");
    private static final Map<String, Integer> DIGITS =
            Map.of("SHA-1", 40, "SHA-256", 64, "SHA-384", 96, "SHA-512", 128);

    public Manifest {
        digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }

    /**
     * What a file was promised to be.
     *
     * @param manifest where it stands
     * @param file what it is about
     * @param algorithm name for {@link MessageDigest}
     * @param hex lower-case digits
     */
    public record Promise(String manifest, String file, String algorithm, String hex) {
        public MessageDigest digest() {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Throws unless the finished digest is the promised one. */
        void check(byte[] actual) {
            String found = HexFormat.of().formatHex(actual);
            if (!found.equals(hex)) {
                throw new VmferryException(
                        FilesError.MANIFEST_MISMATCH,
                        file,
                        "its " + algorithm + " digest is " + found + ", but " + manifest + " says " + hex,
                        "Copy or download the package again; this file is damaged or was changed.");
            }
        }

        /** Throws unless these are the promised bytes. */
        public void check(byte[] content, int length) {
            MessageDigest digest = digest();
            digest.update(content, 0, length);
            check(digest.digest());
        }
    }

    public static Manifest parse(String file, byte[] bytes) {
        Map<String, Promise> digests = new LinkedHashMap<>();
        int number = 0;
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String raw : (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r\n|\n|\r", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Promise promise = promise(file, number, line);
            Promise before = digests.put(promise.file(), promise);
            if (before != null && !before.equals(promise)) {
                throw malformed(file, number, "it gives a second digest for \"" + promise.file() + "\"");
            }
        }
        return new Manifest(file, digests);
    }

    private static Promise promise(String file, int number, String line) {
        String algorithm;
        String name;
        String hex;
        Matcher ovf = OVF_LINE.matcher(line);
        Matcher sum = SUM_LINE.matcher(line);
        if (ovf.matches()) {
            String written = ovf.group(1).toUpperCase(Locale.ROOT).replace("-", "");
            if (!ALGORITHMS.containsKey(written)) {
                throw malformed(file, number, "it uses the digest \"" + ovf.group(1) + "\"");
            }
            algorithm = ALGORITHMS.getOrDefault(written, "");
            name = ovf.group(2).strip();
            hex = ovf.group(3);
        } else if (sum.matches()) {
            hex = sum.group(1);
            int digits = hex.length();
            algorithm = DIGITS.entrySet().stream()
                    .filter(e -> e.getValue() == digits)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
            name = sum.group(2).strip();
        } else {
            throw malformed(file, number, "it is no line of a manifest");
        }
        if (hex.length() != DIGITS.getOrDefault(algorithm, -1)) {
            throw malformed(file, number, "its digest has " + hex.length() + " digits");
        }
        return new Promise(file, MemberName.checked(name, file), algorithm, hex.toLowerCase(Locale.ROOT));
    }

    public Optional<Promise> of(String name) {
        return Optional.ofNullable(digests.get(name));
    }

    public Set<String> names() {
        return digests.keySet();
    }

    private static VmferryException malformed(String file, int line, String reason) {
        return new VmferryException(
                FilesError.MANIFEST_MALFORMED,
                file + " line " + line,
                reason,
                "Copy the package again; without the manifest's file, the package is read unproven.");
    }
}
