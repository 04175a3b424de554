package io.vmferry.reports.view;

import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.report.VmReport.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A run in numbers. Bytes are those of this run: what was adopted was copied by an earlier one.
 *
 * @param content virtual bytes that were gone through
 * @param digests disks with a digest
 * @param proven of those, how many were compared with what was written
 * @param end when it finished, or else the last moment that the report knows of
 */
record RunTotals(
        int vms,
        int done,
        int failed,
        int waiting,
        int stopped,
        int open,
        int blocked,
        int disks,
        long content,
        long read,
        long written,
        int digests,
        int proven,
        Instant end) {
    static RunTotals of(RunReport report) {
        List<DiskReport> disks =
                report.vms().stream().flatMap(vm -> vm.disks().stream()).toList();
        List<DiskReport> copied =
                disks.stream().filter(d -> d.state() != RunState.ADOPTED).toList();
        return new RunTotals(
                report.vms().size(),
                count(report, RunState.DONE, RunState.ADOPTED),
                count(report, RunState.FAILED),
                count(report, RunState.WAITING),
                count(report, RunState.STOPPED),
                count(report, RunState.RUNNING, RunState.PENDING),
                count(report, RunState.BLOCKED),
                disks.size(),
                copied.stream().mapToLong(DiskReport::position).sum(),
                copied.stream().mapToLong(DiskReport::bytesRead).sum(),
                copied.stream().mapToLong(DiskReport::bytesWritten).sum(),
                (int) disks.stream().filter(d -> d.digest() != null).count(),
                (int) disks.stream()
                        .filter(d -> d.digest() != null && !d.proof().isEmpty())
                        .count(),
                end(report));
    }

    private static int count(RunReport report, RunState... states) {
        List<RunState> wanted = List.of(states);
        return (int)
                report.vms().stream().filter(vm -> wanted.contains(vm.state())).count();
    }

    private static Instant end(RunReport report) {
        if (report.finished() != null) {
            return report.finished();
        }
        return report.vms().stream()
                .flatMap(RunTotals::moments)
                .filter(Objects::nonNull)
                .reduce(report.started(), (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Moments at which the VM was surely being worked on; a disk that is being copied counts by its seconds. */
    private static Stream<Instant> moments(VmReport vm) {
        Stream<Instant> known = Stream.concat(
                Stream.of(vm).flatMap(v -> Stream.ofNullable(v.finished())),
                vm.steps().stream()
                        .flatMap(s -> Stream.concat(Stream.ofNullable(s.started()), Stream.ofNullable(s.finished()))));
        Stream<Instant> copying = vm.steps().stream()
                .filter(s -> s.state() == RunState.RUNNING && s.started() != null)
                .map(StepReport::started)
                .flatMap(Stream::ofNullable)
                .flatMap(from -> vm.disks().stream()
                        .filter(d -> d.state() == RunState.RUNNING)
                        .map(d -> from.plusMillis((long) (d.seconds() * 1000))));
        return Stream.concat(known, copying);
    }

    double seconds(Instant started) {
        return Math.max(0, Duration.between(started, end).toMillis()) / 1000.0;
    }
}
