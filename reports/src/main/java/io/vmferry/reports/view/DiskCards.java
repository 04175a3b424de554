package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Disks as cards: where they come from and go to, how many bytes that takes, and how it is proven. */
final class DiskCards {
    private final Wording wording;

    DiskCards(Wording wording) {
        this.wording = wording;
    }

    DiskCard of(DiskPlan disk) {
        List<Fact> facts = new ArrayList<>();
        ImageSummary image = disk.image();
        long size = disk.virtualSize();
        if (image == null) {
            facts.add(Fact.of(wording.text("disk.data"), wording.text("disk.unopened")));
        } else {
            facts.add(Fact.noted(wording.text("disk.data"), bytes(image.dataBytes()), share(image.dataBytes(), size)));
            facts.add(Fact.of(wording.text("disk.to-read"), bytes(disk.bytesToRead())));
            facts.add(Fact.of(wording.text("disk.to-write"), bytes(disk.bytesToWrite())));
        }
        facts.add(Fact.noted(
                wording.text("disk.format"),
                wording.given(disk.disk().format()) + " → " + wording.given(disk.format()),
                encoding(disk.encoding())));
        facts.add(Fact.of(wording.text("disk.bus"), attachment(disk.disk()) + " → " + wording.given(disk.bus())));
        facts.add(Fact.of(
                wording.text("disk.boot-order"),
                disk.bootOrder() == null ? wording.text("none") : wording.units.count(disk.bootOrder())));
        facts.add(Fact.noted(
                wording.text("disk.storage"),
                disk.storageClass() == null ? wording.text("disk.storage.default") : Visible.text(disk.storageClass()),
                modes(disk)));
        if (disk.serial() != null) {
            facts.add(Fact.mono(wording.text("disk.serial"), Visible.text(disk.serial())));
        }
        facts.add(Fact.wideMono(
                wording.text("disk.source"), wording.given(disk.disk().key()), ""));
        if (!disk.path().isEmpty()) {
            facts.add(Fact.wide(wording.text("disk.path"), Visible.text(disk.path())));
        }
        List<BarChart.Bar> bars = image == null
                ? List.of()
                : List.of(
                        new BarChart.Bar("data", Percent.of(image.dataBytes(), size)),
                        new BarChart.Bar("moved", Percent.of(disk.bytesToWrite(), size)));
        return new DiskCard(
                Visible.text(disk.disk().label()), wording.given(disk.name()), bytes(size), null, bars, facts);
    }

    DiskCard of(DiskReport disk) {
        List<Fact> facts = new ArrayList<>();
        long size = disk.virtualSize();
        boolean whole = disk.state() == RunState.DONE || disk.state() == RunState.ADOPTED;
        if (!whole && disk.position() > 0) {
            facts.add(Fact.noted(wording.text("disk.progress"), share(disk.position(), size), bytes(disk.position())));
        }
        if (disk.bytesRead() > 0 || disk.bytesWritten() > 0) {
            facts.add(Fact.of(wording.text("disk.read"), bytes(disk.bytesRead())));
            facts.add(Fact.of(wording.text("disk.written"), bytes(disk.bytesWritten())));
            facts.add(Fact.noted(
                    wording.text("disk.time"),
                    wording.units.duration(disk.seconds()),
                    wording.units.rate(disk.bytesRead(), disk.seconds())));
        }
        facts.add(Fact.noted(
                wording.text("disk.format"),
                wording.given(disk.sourceFormat()) + " → " + wording.given(disk.format()),
                encoding(disk.encoding())));
        facts.add(Fact.wideMono(wording.text("disk.source"), wording.given(disk.source()), ""));
        facts.add(Fact.wideMono(wording.text("disk.target"), wording.given(disk.targetPath()), ""));
        if (!disk.path().isEmpty()) {
            facts.add(Fact.wide(wording.text("disk.path"), Visible.text(disk.path())));
        }
        ContentDigest digest = disk.digest();
        if (digest != null) {
            facts.add(Fact.wideMono(
                    wording.text("disk.digest"), Visible.text(digest.hex()), Visible.text(digest.algorithm())));
        }
        if (whole) {
            facts.add(Fact.wide(
                    wording.text("disk.proof"),
                    disk.proof().isEmpty() ? wording.text("disk.proof.none") : Visible.text(disk.proof())));
        }
        return new DiskCard(
                Visible.text(disk.label()),
                file(disk.targetPath()),
                bytes(size),
                wording.badge(disk.state()),
                List.of(
                        new BarChart.Bar("data", Percent.of(disk.position(), size)),
                        new BarChart.Bar("moved", Percent.of(disk.bytesWritten(), size))),
                facts);
    }

    /** Last part of a path; the whole stands among the facts. */
    private String file(String path) {
        return wording.given(path.substring(path.lastIndexOf('/') + 1));
    }

    private String bytes(long bytes) {
        return wording.units.bytes(bytes);
    }

    private String share(long part, long whole) {
        return wording.text("share", wording.units.percent(part, whole));
    }

    private String encoding(@Nullable BlockEncoding encoding) {
        return encoding == null ? wording.text("encoding.plain") : wording.words.name("encoding", encoding);
    }

    private String attachment(Disk disk) {
        Disk.Attachment at = disk.attachment();
        return wording.given(at.bus()) + " " + at.controllerNumber() + ":" + at.unit();
    }

    private String modes(DiskPlan disk) {
        String rule = disk.rule().isEmpty() ? null : wording.text("disk.storage.rule", Visible.text(disk.rule()));
        return Stream.of(disk.volumeMode(), disk.accessMode(), rule)
                .filter(Objects::nonNull)
                .map(Visible::text)
                .collect(Collectors.joining(wording.text("list.comma")));
    }
}
