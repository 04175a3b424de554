package io.vmferry.simulator.vsphere.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client asks for, in the words that handlers need. Used by one thread. */
public final class Request {
    private static final int MAX_BODY = 16 << 20;

    private static final Pattern CALL = Pattern.compile("Body[^>]*>\\s*<(?:\\w+:)?(\\w+)");

    private final HttpExchange exchange;
    private byte @Nullable [] body;

    Request(HttpExchange exchange) {
        this.exchange = exchange;
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    /** Decoded once. */
    public String path() {
        return String.valueOf(exchange.getRequestURI().getPath());
    }

    /** Path and query as they came. */
    public String rawTarget() {
        return exchange.getRequestURI().toString();
    }

    public Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return query;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** Value of a cookie without quotes. */
    public @Nullable String cookie(String name) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";")) {
                String trimmed = pair.trim();
                if (trimmed.startsWith(name + "=")) {
                    return trimmed.substring(name.length() + 1).replace("\"", "");
                }
            }
        }
        return null;
    }

    public InputStream body() throws IOException {
        if (body == null) {
            body = exchange.getRequestBody().readNBytes(MAX_BODY);
        }
        return new ByteArrayInputStream(body);
    }

    /** What the conditions of faults look at: path and query, and the method of a SOAP call. */
    String faultTarget() throws IOException {
        if (!method().equals("POST")) {
            return rawTarget();
        }
        Matcher call = CALL.matcher(new String(body().readNBytes(4096), StandardCharsets.UTF_8));
        return call.find() ? rawTarget() + " " + call.group(1) : rawTarget();
    }
}
