package io.vmferry.spi.image;

/** Opens files that an image refers to by name: VMDK extents, parents, backing files. */
@FunctionalInterface
public interface Siblings {
    /**
     * @param name as written in the image
     * @throws io.vmferry.spi.error.VmferryException {@code NAME_NOT_CONFINED} when it leaves the image's own folder, {@code
     *     FILE_NOT_FOUND} when nothing is there
     */
    ByteSource open(String name);
}
