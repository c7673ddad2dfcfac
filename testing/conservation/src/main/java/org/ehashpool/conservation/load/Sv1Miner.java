package org.ehashpool.conservation.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.ehashpool.miner.sv1.Sv1Effect;
import org.ehashpool.miner.sv1.Sv1Message;
import org.ehashpool.miner.sv1.Sv1ProtocolException;
import org.ehashpool.miner.sv1.Sv1Reader;
import org.ehashpool.miner.sv1.Sv1Session;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.noise.NoiseException;
import org.jspecify.annotations.Nullable;

/** A Stratum V1 miner. */
final class Sv1Miner extends LoadMiner {
    private static final int CONNECT_MILLIS = 5_000;
    /** The translator repeats its job before that. */
    private static final int SILENCE_MILLIS = 90_000;

    private static final int LONGEST_LINE = 65_536;

    private final int port;
    private final String user;
    private final ShareStream shares;
    private final LoadFigures figures;
    private volatile @Nullable Socket socket;
    private Sv1Session session;
    private long sequence;
    private long versionMask;

    Sv1Miner(int port, String user, ShareStream shares, LoadFigures figures, DoubleSupplier pace, Random random) {
        super(random, pace, shares, figures);
        this.port = port;
        this.user = user;
        this.shares = shares;
        this.figures = figures;
        session = newSession();
    }

    private Sv1Session newSession() {
        return new Sv1Session("conservation", user, "x");
    }

    @Override
    void session() throws IOException, NoiseException {
        try (Socket connected = new Socket()) {
            connected.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            connected.setTcpNoDelay(true);
            connected.setSoTimeout(SILENCE_MILLIS);
            socket = connected;
            synchronized (this) {
                session = newSession();
                sequence = 0;
                perform(session.begin(), connected);
            }
            mine(connected, () -> read(connected));
        }
    }

    private void read(Socket from) {
        try (from) {
            InputStream in = new BufferedInputStream(from.getInputStream());
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                receive(Sv1Reader.read(line), from, System.nanoTime());
            }
        } catch (Sv1ProtocolException violation) {
            figures.violation();
        } catch (IOException ended) {
            // The writer notices.
            shares.rest();
        } finally {
            socket = null;
        }
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line without an end");
            }
        }
        return line.toByteArray();
    }

    private void receive(Sv1Message message, Socket from, long now) throws IOException, Sv1ProtocolException {
        if (message instanceof Sv1Message.Answer answer && answer.id() >= Sv1Session.FIRST_SHARE) {
            long share = answer.id() - Sv1Session.FIRST_SHARE;
            if (answer.error().isEmpty() && answer.result().asBoolean(false)) {
                shares.acknowledged(share, now);
            } else {
                shares.refused(share, "translator: " + answer.error().orElse("no reason given"));
            }
            return;
        }
        synchronized (this) {
            perform(session.receive(message), from);
        }
    }

    private void perform(List<Sv1Effect> effects, Socket to) throws IOException {
        for (Sv1Effect effect : effects) {
            switch (effect) {
                case Sv1Effect.Send(String line) -> write(line, to);
                case Sv1Effect.WorkChanged(var work, long mask) -> {
                    versionMask = mask;
                    shares.begin(work);
                }
                case Sv1Effect.Refused _, Sv1Effect.Redirect _ -> to.close();
                case Sv1Effect.Opened _,
                        Sv1Effect.TargetChanged _,
                        Sv1Effect.Accepted _,
                        Sv1Effect.Rejected _,
                        Sv1Effect.Show _ -> {
                    // Nothing to do.
                }
            }
        }
    }

    private static void write(String line, Socket to) throws IOException {
        to.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    boolean isConnected() {
        return socket != null;
    }

    @Override
    void send(long due) throws IOException {
        Socket to = socket;
        Optional<ShareStream.Found> found = shares.next();
        if (to == null || found.isEmpty()) {
            return;
        }
        synchronized (this) {
            Optional<String> name = session.nameOf(found.get().job().job());
            if (name.isPresent()) {
                shares.sending(sequence, found.get().hash(), due);
                write(line(found.get(), name.get()), to);
                sequence++;
            }
        }
    }

    private String line(ShareStream.Found found, String name) {
        Submission share = found.share();
        String rolled =
                found.job().job().versionRollingAllowed() ? ",\"%08x\"".formatted(share.version() & versionMask) : "";
        return "{\"id\":%d,\"method\":\"mining.submit\",\"params\":[\"%s\",\"%s\",\"%s\",\"%08x\",\"%08x\"%s]}"
                .formatted(
                        Sv1Session.FIRST_SHARE + sequence,
                        user,
                        name,
                        share.extranonce().toHex(),
                        share.time(),
                        share.nonce(),
                        rolled);
    }
}
