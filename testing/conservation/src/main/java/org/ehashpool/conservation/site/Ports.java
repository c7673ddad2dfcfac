package org.ehashpool.conservation.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where everything listens, on loopback.
 *
 * @param told where services tell the statistics
 * @param http of each program
 */
record Ports(
        int templates, int rpc, int miners, int mints, int publicMint, int sv1, int told, Map<String, Integer> http) {
    Ports {
        http = Map.copyOf(http);
    }

    /** Ports that are free now. */
    static Ports choose(List<String> programs) throws IOException {
        Map<String, Integer> http = new HashMap<>();
        for (String program : programs) {
            http.put(program, free());
        }
        return new Ports(free(), free(), free(), free(), free(), free(), free(), http);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The address of a program's HTTP port. */
    String httpOf(String program) {
        return "127.0.0.1:" + Objects.requireNonNull(http.get(program));
    }
}
