package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes a file strictly and says where it stops being UTF-8. */
final class Utf8Text {
    private Utf8Text() {}

    static String decode(byte[] bytes, Problems problems) {
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw problems.fatal(
                    RulesError.YAML_NOT_UTF8, Position.START, "the file is UTF-16, UTF-8 is expected", REMEDY);
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            // The buffer's position is left in front of the first byte that does not decode.
            throw problems.fatal(
                    RulesError.YAML_NOT_UTF8,
                    positionOf(bytes, start, in.position()),
                    String.format("byte 0x%02X is not UTF-8 text", bytes[in.position()] & 0xFF),
                    REMEDY);
        }
    }

    private static final String REMEDY = "Save the file as UTF-8 in your editor.";

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Position positionOf(byte[] bytes, int start, int offset) {
        CharBuffer before = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, start, offset - start));
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Position(line, column);
    }
}
