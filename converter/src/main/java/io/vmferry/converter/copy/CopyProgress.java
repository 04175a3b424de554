package io.vmferry.converter.copy;

/** Hears how far a copy is. Called some hundred times a second at most, from any worker but never from two at once; must be quick. */
@FunctionalInterface
public interface CopyProgress {
    CopyProgress NONE = (position, counts) -> {};

    /** @param position virtual bytes done, ascending; {@code counts} what happened to them */
    void at(long position, CopyCounts counts);
}
