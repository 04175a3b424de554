package io.vmferry.converter.file;

/**
 * Makes ranges of an open file or device read as zeros without anybody writing them. Stands for {@code fallocate}, which not
 * every file system, device and kernel can. Safe for many threads.
 */
interface Eraser extends AutoCloseable {
    /** For where nothing of this can be had. */
    Eraser NONE = new Eraser() {
        @Override
        public boolean punch(long offset, long length) {
            return false;
        }

        @Override
        public boolean zero(long offset, long length) {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** Gives the room of a range back. Quick for any length. False when that cannot be done here; the range is then as before. */
    boolean punch(long offset, long length);

    /**
     * Has the kernel make the range zero, which may take as long as writing does. False when that cannot be done here; the
     * range may then hold anything.
     */
    boolean zero(long offset, long length);

    @Override
    void close();
}
