package io.vmferry.vmware.files;

import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.VmRef;

/**
 * Where a package lies and what it is called.
 *
 * @param source name of the source
 * @param key path of the package's main file, relative to the migration file where it lies below it; always with slashes
 * @param name file name without its suffix: the VM's name when nothing else gives it one
 */
record Where(String source, String key, String name) {
    /** Folder of the package, in the manner of {@link #key}. */
    String folder() {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : key.substring(0, slash);
    }

    /** Name of a file beside the package's main file, in the manner of {@link #key}. */
    String beside(String file) {
        String folder = folder();
        return folder.equals(".") ? file : folder.equals("/") ? "/" + file : folder + "/" + file;
    }

    VmRef vm(String vmName) {
        return new VmRef(source, key, vmName.isBlank() ? name : vmName);
    }

    VmRef vm(String part, String vmName) {
        return new VmRef(source, key + "#" + part, vmName.isBlank() ? part : vmName);
    }

    Placement placement() {
        return new Placement(folder(), null, null, null);
    }

    Notice notice(String code, String message) {
        return new Notice(code, key, message);
    }
}
