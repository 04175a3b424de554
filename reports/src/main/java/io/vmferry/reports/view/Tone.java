package io.vmferry.reports.view;

/** How something is to be taken. Colour follows from it, but never alone: each has a symbol, and a word beside it. */
public enum Tone {
    GOOD("good", "✓"),
    WARN("warn", "!"),
    BAD("bad", "✕"),
    INFO("info", "i"),
    BUSY("busy", "▸"),
    IDLE("idle", "–");

    private final String css;
    private final String symbol;

    Tone(String css, String symbol) {
        this.css = css;
        this.symbol = symbol;
    }

    /** Class name in the style sheet. */
    public String css() {
        return css;
    }

    public String symbol() {
        return symbol;
    }
}
