package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerReportTest {

    @Test
    void shouldFindNothingWhenServerIsGood() {
        ServerReport report = ServerReport.of(good());
        assertThat(report.refusals()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.version()).isEqualTo("17.11");
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, off",
        "full_page_writes, off",
        "synchronous_commit, off",
        "zero_damaged_pages, on",
        "ignore_checksum_failure, on",
        "in_hot_standby, on",
        "transaction_read_only, on",
        "server_encoding, SQL_ASCII",
    })
    void shouldRefuseAndNameSettingWhenItIsUnsafe(String name, String value) {
        Map<String, String> settings = good();
        settings.put(name, value);
        assertThat(ServerReport.of(settings).refusals())
                .singleElement()
                .asString()
                .startsWith(name + " is " + value);
    }

    @ParameterizedTest
    @CsvSource({"local", "remote_write", "on", "remote_apply"})
    void shouldAcceptSynchronousCommitWhenTheLocalLogIsFlushed(String value) {
        Map<String, String> settings = good();
        settings.put("synchronous_commit", value);
        assertThat(ServerReport.of(settings).refusals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"140017, true", "150000, false", "180004, false", "190000, true"})
    void shouldRefuseVersionWhenOutOfRange(String number, boolean refused) {
        Map<String, String> settings = good();
        settings.put("server_version_num", number);
        assertThat(ServerReport.of(settings).good()).isEqualTo(!refused);
    }

    @Test
    void shouldNameEverySettingWhenSeveralAreWrong() {
        Map<String, String> settings = good();
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("zero_damaged_pages", "on");
        assertThat(ServerReport.of(settings).refusals()).hasSize(4);
    }

    @Test
    void shouldRefuseWhenServerDoesNotKnowASetting() {
        assertThat(ServerReport.of(Map.of()).refusals()).hasSizeGreaterThan(5);
    }

    @Test
    void shouldWarnWhenPagesHaveNoChecksums() {
        Map<String, String> settings = good();
        settings.put("data_checksums", "off");
        ServerReport report = ServerReport.of(settings);
        assertThat(report.refusals()).isEmpty();
        assertThat(report.warnings()).singleElement().asString().startsWith("data_checksums is off");
    }

    private static Map<String, String> good() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("server_version", "17.11"),
                Map.entry("server_version_num", "170011"),
                Map.entry("fsync", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("zero_damaged_pages", "off"),
                Map.entry("ignore_checksum_failure", "off"),
                Map.entry("data_checksums", "on"),
                Map.entry("server_encoding", "UTF8"),
                Map.entry("transaction_read_only", "off"),
                Map.entry("in_hot_standby", "off")));
    }
}
