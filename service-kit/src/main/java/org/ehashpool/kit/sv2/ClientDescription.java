package org.ehashpool.kit.sv2;

import org.ehashpool.sv2.message.Common.SetupConnection;

/**
 * How a client describes itself in SetupConnection; made printable, so that it can be shown and logged as it is.
 *
 * @param vendor manufacturer or developer
 * @param hardwareVersion model
 * @param firmware firmware
 * @param deviceId identity of the device; empty: no telemetry
 */
public record ClientDescription(String vendor, String hardwareVersion, String firmware, String deviceId) {

    /** What a SetupConnection says. */
    static ClientDescription of(SetupConnection setup) {
        return new ClientDescription(
                setup.vendor().printable(),
                setup.hardwareVersion().printable(),
                setup.firmware().printable(),
                setup.deviceId().printable());
    }
}
