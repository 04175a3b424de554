package io.vmferry.reports.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words of one language. Chinese in any form is answered in Simplified Chinese, everything else in English; the
 * machine's own locale plays no part. Safe for many threads.
 */
public final class Words {
    /** Base name of the bundles; {@code Messages.properties} is English. */
    static final String BUNDLE = "io.vmferry.reports.Messages";

    private final Locale locale;
    private final ResourceBundle bundle;

    private Words(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                locale,
                Words.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Words of(Locale wanted) {
        return new Words(wanted.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
    }

    /** For the page's {@code lang} attribute. */
    public String language() {
        return locale.equals(Locale.ENGLISH) ? "en" : "zh-Hans";
    }

    public Locale locale() {
        return locale;
    }

    /**
     * The text of a key.
     *
     * @throws java.util.MissingResourceException when there is no such key, which is a defect
     */
    public String text(String key) {
        return bundle.getString(key);
    }

    /** The text of a key with its {@code {0}}, {@code {1}} filled in. Numbers are written as the language does. */
    public String text(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** The word for a constant: {@code verdict.READY}. */
    public String name(String family, Enum<?> constant) {
        return bundle.getString(family + "." + constant.name());
    }
}
