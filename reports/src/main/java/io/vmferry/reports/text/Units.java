package io.vmferry.reports.text;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Writes amounts for people, with their units. Safe for many threads. */
public final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final Words words;
    private final ZoneId zone;

    /** @param zone in which times of day are given; each carries its offset */
    public Units(Words words, ZoneId zone) {
        this.words = words;
        this.zone = zone;
    }

    /** Bytes in the largest binary unit that leaves at least one: {@code 40.0 GiB}. */
    public String bytes(long bytes) {
        return scaled(bytes, "");
    }

    /** Bytes per second; a dash when no time passed. */
    public String rate(long bytes, double seconds) {
        return seconds > 0 ? scaled(bytes / seconds, "/s") : words.text("none");
    }

    private String scaled(double amount, String per) {
        int unit = 0;
        while (unit < BINARY.length - 1 && Math.abs(amount) >= (unit == 0 ? 1024 : 1023.95)) {
            amount /= 1024;
            unit++;
        }
        return decimal(amount, unit == 0 ? 0 : 1) + "\u00a0" + BINARY[unit] + per;
    }

    public String count(long number) {
        return NumberFormat.getIntegerInstance(words.locale()).format(number);
    }

    public String decimal(double number, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(number);
    }

    /** Share of a whole: {@code 37 %}. Never 100 % or 0 % while something is missing or there. */
    public String percent(long part, long whole) {
        if (whole <= 0) {
            return words.text("none");
        }
        long percent = Math.round(100.0 * part / whole);
        if (percent == 0 && part > 0) {
            return "<\u00a01\u00a0%";
        }
        if (percent == 100 && part < whole) {
            return ">\u00a099\u00a0%";
        }
        return count(percent) + "\u00a0%";
    }

    /** Two largest units: {@code 2 h 14 min}; below ten seconds with one decimal. */
    public String duration(double seconds) {
        if (seconds < 9.95) {
            return words.text("duration.s", decimal(seconds, 1));
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return words.text("duration.s", whole);
        }
        if (whole < 3600) {
            return words.text("duration.min-s", whole / 60, whole % 60);
        }
        long minutes = Math.round(whole / 60.0);
        return minutes < 24 * 60
                ? words.text("duration.h-min", minutes / 60, minutes % 60)
                : words.text("duration.d-h", minutes / (24 * 60), minutes % (24 * 60) / 60);
    }

    /** A round number of seconds in one or two units, for an axis: {@code 5 min}, {@code 1 h 30 min}. */
    public String span(long seconds) {
        if (seconds < 60 || seconds % 60 != 0) {
            return duration(seconds);
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? words.text("duration.min", minutes)
                : minutes % 60 == 0 ? words.text("duration.h", minutes / 60) : duration(seconds);
    }

    public String duration(Instant from, Instant to) {
        return duration(Math.max(0, Duration.between(from, to).toMillis()) / 1000.0);
    }

    /** Date and time to the minute, with the offset from UTC. */
    public String dateTime(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        return format("format.datetime", local) + " " + offset(local);
    }

    /** Time of day to the second. */
    public String time(Instant instant) {
        return format("format.time", instant.atZone(zone));
    }

    private String format(String key, ZonedDateTime local) {
        return DateTimeFormatter.ofPattern(words.text(key), words.locale()).format(local);
    }

    private static String offset(ZonedDateTime local) {
        return local.getOffset().getTotalSeconds() == 0
                ? "UTC"
                : "UTC" + local.getOffset().getId();
    }
}
