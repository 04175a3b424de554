package io.vmferry.rules.load;

/**
 * A place in a text file, for people: both count from 1.
 *
 * @param column in code points, as editors count
 */
record Position(int line, int column) {
    static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
