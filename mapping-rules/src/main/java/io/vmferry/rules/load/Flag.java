package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.GuestInterface;
import java.util.function.Function;

/** Values that are given on the command line or typed as an answer, read as strictly as those of a file. */
public final class Flag {
    private final String name;

    /**
     * Reads values of one flag.
     *
     * @param name what errors call it: {@code --ip}
     */
    public Flag(String name) {
        this.name = name;
    }

    /** A name of a VM or namespace. */
    public String name(String text) {
        return read(text, Values.NAME, Values::name);
    }

    /** An address with its prefix length. */
    public GuestInterface.Address address(String text) {
        return read(text, Values.ADDRESS, Values::address);
    }

    /** A MAC address; returned in lower case with colons. */
    public String mac(String text) {
        return read(text, Values.MAC, Values::mac);
    }

    private <T> T read(String text, String wanted, Function<String, T> parse) {
        try {
            return parse.apply(text.strip());
        } catch (Fields.BadValue e) {
            String why = e.why().isEmpty() ? "" : "; " + e.why();
            throw new VmferryException(
                    RulesError.CONFIG_BAD_VALUE,
                    name,
                    "'" + text + "' is not allowed, allowed is " + wanted + why,
                    "Give " + wanted + ".");
        }
    }
}
