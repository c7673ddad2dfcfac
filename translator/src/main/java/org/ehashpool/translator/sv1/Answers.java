package org.ehashpool.translator.sv1;

import java.util.Optional;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.ExtranonceSpace;

/** The lines that are not jobs. */
final class Answers {
    private Answers() {}

    static Line yes(RequestId id) {
        return result(id, "true");
    }

    static Line result(RequestId id, String json) {
        return new Line.Encoded("{\"id\":" + id.json() + ",\"result\":" + json + ",\"error\":null}");
    }

    /** With null for a result, as most servers and the customary description have it. */
    static Line error(RequestId id, Sv1Error error, String words) {
        return failure(id, "null", error, words);
    }

    /** With false for a result: firmware looks there when it wants to know whether it is authorised, or its share good. */
    static Line no(RequestId id, Sv1Error error, String words) {
        return failure(id, "false", error, words);
    }

    private static Line failure(RequestId id, String result, Sv1Error error, String words) {
        return new Line.Encoded("{\"id\":" + id.json() + ",\"result\":" + result + ",\"error\":[" + error.code() + ","
                + RequestId.quoted(words) + ",null]}");
    }

    static Line subscribed(RequestId id, String sessionId, ExtranonceSpace space) {
        String session = RequestId.quoted(sessionId);
        return result(
                id,
                "[[[\"mining.set_difficulty\"," + session + "],[\"mining.notify\"," + session + "]],\""
                        + space.extranonce1().toHex() + "\"," + space.extranonce2Size() + "]");
    }

    static Line setDifficulty(String number) {
        return call("mining.set_difficulty", number);
    }

    static Line setVersionMask(@U32 long mask) {
        return call("mining.set_version_mask", '"' + VersionRolling.hex(mask) + '"');
    }

    static Line showMessage(String text) {
        return call("client.show_message", RequestId.quoted(text));
    }

    /** Without a host: to where the miner is connected now. */
    static Line reconnect(Optional<String> host, int port, int waitSeconds) {
        return call(
                "client.reconnect",
                host.map(name -> RequestId.quoted(name) + "," + port + "," + waitSeconds)
                        .orElse(""));
    }

    static Line getVersion(long id) {
        return new Line.Encoded("{\"id\":" + id + ",\"method\":\"client.get_version\",\"params\":[]}");
    }

    private static Line call(String method, String parameters) {
        return new Line.Encoded("{\"id\":null,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}");
    }
}
