package io.vmferry.vmware.vsphere.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.DiskChangeInfo;
import com.vmware.vim25.HttpNfcLeaseState;
import com.vmware.vim25.LocalizedMethodFault;
import com.vmware.vim25.NoPermission;
import com.vmware.vim25.UserSession;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualHardware;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** yavijava's objects from answers that are newer than its model. */
class LenientObjectsTest {
    private final LenientObjects objects = new LenientObjects();

    private Object read(String type, String inside) {
        String soap = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body><r>" + inside
                + "</r></e:Body></e:Envelope>";
        XmlNode answer = new AnswerReader("server").body(soap.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(objects.result(answer.all("returnval"), type));
    }

    @Test
    void fieldsArraysAndNumbers() {
        DiskChangeInfo info = (DiskChangeInfo) read(
                "DiskChangeInfo",
                "<returnval><startOffset>0</startOffset><length>9000000000</length><changedArea><start>1</start><length>2</length>"
                        + "</changedArea><changedArea><start>5</start><length>6</length></changedArea></returnval>");
        assertThat(info.getLength()).isEqualTo(9_000_000_000L);
        assertThat(info.getChangedArea()).hasSize(2);
        assertThat(info.getChangedArea()[1].getStart()).isEqualTo(5);
        assertThat(objects.aside()).isEmpty();
    }

    @Test
    void whatTheModelDoesNotKnowIsLeftOutAndWrittenDown() {
        VirtualHardware hardware = (VirtualHardware)
                read(
                        "VirtualHardware",
                        "<returnval><numCPU>4</numCPU><motherboardLayout>q35</motherboardLayout>"
                                + "<device xsi:type=\"VirtualNVMEController\"><key>31000</key><busNumber>0</busNumber></device>"
                                + "<device xsi:type=\"VirtualDisk\"><key>2000</key><capacityInKB>x</capacityInKB></device></returnval>");
        assertThat(hardware.getNumCPU()).isEqualTo(4);
        assertThat(hardware.getDevice()).hasSize(2);
        assertThat(hardware.getDevice()[0].getKey()).isEqualTo(31000);
        assertThat(hardware.getDevice()[1]).isInstanceOf(VirtualDisk.class);
        assertThat(objects.aside())
                .contains(
                        "VirtualHardware.motherboardLayout",
                        "VirtualHardware.device: VirtualNVMEController",
                        "VirtualDisk.capacityInKB");
    }

    @Test
    void constantsTimesAndFaults() {
        assertThat(read("HttpNfcLeaseState", "<returnval>ready</returnval>")).isEqualTo(HttpNfcLeaseState.ready);
        UserSession session = (UserSession)
                read(
                        "UserSession",
                        "<returnval><key>k</key><loginTime>2026-11-24T13:30:00.25Z</loginTime><lastActiveTime>soon</lastActiveTime></returnval>");
        assertThat(session.getLoginTime().getTimeInMillis()).isEqualTo(1_795_527_000_250L);
        assertThat(session.getLastActiveTime()).isNull();
        LocalizedMethodFault fault = (LocalizedMethodFault) read(
                "LocalizedMethodFault",
                "<returnval><fault xsi:type=\"NoPermission\"><privilegeId>VM.x</privilegeId><detailMessage>x</detailMessage>"
                        + "</fault><localizedMessage>no</localizedMessage></returnval>");
        assertThat(fault.getFault())
                .isInstanceOfSatisfying(
                        NoPermission.class,
                        no -> assertThat(no.getPrivilegeId()).isEqualTo("VM.x"));
    }

    @Test
    void aTypeNameIsNeverMoreThanAName() {
        LocalizedMethodFault fault = (LocalizedMethodFault)
                read(
                        "LocalizedMethodFault",
                        "<returnval><fault xsi:type=\"../../java/lang/Runtime\"/><localizedMessage>no</localizedMessage></returnval>");
        assertThat(fault.getLocalizedMessage()).isEqualTo("no");
        assertThat(objects.result(List.of(), "NoSuchType")).isNull();
    }
}
