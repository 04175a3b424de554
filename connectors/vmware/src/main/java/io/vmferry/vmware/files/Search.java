package io.vmferry.vmware.files;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Finds packages in the files and folders that a migration file names. One use. */
final class Search {
    /** Folders below a named one; exports are one or two deep. */
    private static final int DEPTH = 6;

    private static final int MOST_FILES = 100_000;

    private final String source;
    private final Path base;
    /** By real path, so that a file that is named twice is one VM. */
    private final Map<Path, VmPackage> found = new LinkedHashMap<>();

    Search(String source, Path base) {
        this.source = source;
        this.base = base.toAbsolutePath().normalize();
    }

    Collection<VmPackage> found() {
        return found.values();
    }

    void path(Path path) {
        try {
            Path real = path.toRealPath();
            if (Files.isDirectory(real)) {
                int before = found.size();
                boolean any = folder(path);
                if (!any && found.size() == before) {
                    throw new VmferryException(
                            FilesError.NO_VM_FOUND,
                            path.toString(),
                            "there is no OVA, OVF, VMX or VMDK file in this folder or " + DEPTH + " levels below",
                            "Check the path.");
                }
            } else {
                file(path, real);
            }
        } catch (IOException e) {
            throw IoFailure.reading(path.toString(), e);
        }
    }

    private void file(Path path, Path real) throws IOException {
        if (!Files.isReadable(real)) {
            throw new VmferryException(
                    CommonError.FILE_UNREADABLE,
                    path.toString(),
                    "this user may not read it",
                    "Give the user that runs vmferry the right to read it.");
        }
        Where where = where(path);
        VmPackage vm = switch (suffix(path)) {
            case "ova" -> new OvaPackage(where, path);
            case "ovf" -> new OvfPackage(where, path);
            case "vmx" -> new VmxPackage(where, path);
            case "vmdk" -> new BareDiskPackage(where, path);
            default ->
                throw new VmferryException(
                        FilesError.FILE_KIND_UNKNOWN,
                        path.toString(),
                        "its name ends in none of .ova, .ovf, .vmx and .vmdk",
                        "Name the main file of the VM; disks in other formats go through \"vmferry convert\".");
        };
        found.putIfAbsent(real, vm);
    }

    /** True when there was something, even if it was found before. */
    private boolean folder(Path folder) throws IOException {
        Map<Path, TreeSet<Path>> byFolder = new LinkedHashMap<>();
        TreeSet<Path> packages = new TreeSet<>();
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH + 1, new SimpleFileVisitor<>() {
            private int files;

            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                boolean hidden = !dir.equals(folder)
                        && dir.getFileName() != null
                        && dir.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (++files > MOST_FILES) {
                    throw new VmferryException(
                            FilesError.FOLDER_TOO_LARGE,
                            folder.toString(),
                            "it holds more than " + MOST_FILES + " files",
                            "Name the VMs' own folders or files.");
                }
                // A link counts as the file it leads to; links to folders are not followed.
                if (Files.isRegularFile(file)) {
                    switch (suffix(file)) {
                        case "ova", "ovf", "vmx" -> packages.add(file);
                        case "vmdk" ->
                            byFolder.computeIfAbsent(file.getParent(), f -> new TreeSet<>())
                                    .add(file);
                        default -> {}
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        List<Path> sorted = new ArrayList<>(packages);
        for (Map.Entry<Path, TreeSet<Path>> entry : byFolder.entrySet()) {
            sorted.addAll(new BareDisks(source, base).of(entry.getKey(), entry.getValue(), packages));
        }
        sorted.sort(null);
        for (Path file : sorted) {
            file(file, file.toRealPath());
        }
        return !sorted.isEmpty();
    }

    private Where where(Path path) {
        return where(source, base, path);
    }

    static Where where(String source, Path base, Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        return new Where(
                source,
                shown.toString().replace(File.separatorChar, '/'),
                OvfContents.base(path.getFileName().toString()));
    }

    static String suffix(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
