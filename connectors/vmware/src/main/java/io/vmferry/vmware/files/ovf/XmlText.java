package io.vmferry.vmware.files.ovf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the bytes of an XML document into text, by its byte order mark or its declaration (XML 1.0 appendix F). Done here and
 * not by the JDK's parser, because that prints a complaint of its own to the terminal when a byte does not fit.
 */
final class XmlText {
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml[^>]{0,200}?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final int DECLARATION = 256;

    private XmlText() {}

    /** @throws CharacterCodingException when the bytes are no text in the document's encoding */
    static String decode(byte[] bytes) throws CharacterCodingException {
        int mark = 0;
        Charset charset;
        if (starts(bytes, 0xef, 0xbb, 0xbf)) {
            charset = StandardCharsets.UTF_8;
            mark = 3;
        } else if (starts(bytes, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        } else if (starts(bytes, 0xff, 0xfe)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (starts(bytes, 0, '<')) {
            charset = StandardCharsets.UTF_16BE;
        } else if (starts(bytes, '<', 0)) {
            charset = StandardCharsets.UTF_16LE;
        } else {
            charset = declared(bytes);
        }
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                .toString();
    }

    private static Charset declared(byte[] bytes) throws CharacterCodingException {
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(start);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
            throw new CharacterCodingException();
        }
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
