package io.vmferry.simulator.vsphere.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler answers.
 *
 * @param length of the body in bytes; {@link #CHUNKED} when it is not known beforehand
 */
public record Reply(int status, Map<String, String> headers, long length, Body body) {
    public static final long CHUNKED = -1;

    /** Writes a body; an exception breaks the connection off. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Reply text(int status, String contentType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, Map.of("Content-Type", contentType), bytes.length, out -> out.write(bytes));
    }

    public static Reply html(int status, String title) {
        return text(
                status,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title
                        + "</h1></body></html>\n");
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, length, body);
    }
}
