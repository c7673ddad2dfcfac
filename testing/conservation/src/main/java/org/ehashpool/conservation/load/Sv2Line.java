package org.ehashpool.conservation.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.ehashpool.kit.sv2.socket.SocketLink;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Text;

/** A client's connection, set up for a protocol. One thread reads, one writes. */
final class Sv2Line implements Closeable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = CurveSelection.select(RANDOM).curve();
    private static final int CONNECT_MILLIS = 5_000;
    /** Templates come every few seconds: a link that says nothing for so long is dead. */
    private static final int SILENCE_MILLIS = 20_000;

    private final Socket socket;
    private final SocketLink link;
    private final Reception reception;

    private Sv2Line(Socket socket, SocketLink link, Protocol protocol) {
        this.socket = socket;
        this.link = link;
        this.reception = Reception.setup(Sender.SERVER, Limits.DEFAULT).established(protocol);
    }

    static Sv2Line connect(Sv2Url url, Protocol protocol, String vendor) throws IOException, NoiseException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(url.host(), url.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            Initiator initiator = new Initiator(
                    CURVE,
                    KeySource.random(CURVE, RANDOM),
                    new ServerAuthentication.Pinned(new CertificateVerifier(
                            url.authority(), CertificateVerifier.DEFAULT_CLOCK_SKEW_SECONDS, CURVE)));
            SocketLink link = SocketLink.initiate(
                    socket, initiator, InstantSource.system().instant().getEpochSecond());
            link.send(new SetupConnection(
                    protocol.number(),
                    2,
                    2,
                    0,
                    Text.of(url.host()),
                    url.port(),
                    Text.of(vendor),
                    Text.of("conservation"),
                    Text.EMPTY,
                    Text.EMPTY));
            Message answer = link.receive(Reception.setup(Sender.SERVER, Limits.DEFAULT));
            if (!(answer instanceof SetupConnectionSuccess)) {
                throw new IOException("refused: " + answer);
            }
            return new Sv2Line(socket, link, protocol);
        } catch (IOException | NoiseException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void send(Message message) throws IOException, NoiseException {
        link.send(message);
    }

    Message receive() throws IOException, NoiseException {
        return link.receive(reception);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
