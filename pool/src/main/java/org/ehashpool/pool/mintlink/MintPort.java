package org.ehashpool.pool.mintlink;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.kit.sv2.DownstreamStats;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.kit.sv2.port.Sv2Port;
import org.ehashpool.kit.sv2.port.Sv2PortConfig;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Where mints connect, and who of them is here. Thread-safe. */
public final class MintPort implements Component {

    private final Sv2Port port;
    private final MintListener listener;
    private final DownstreamStats stats;
    private final LongSupplier nanoTime;
    private final Set<MintConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Bytes, String> urls = new ConcurrentHashMap<>();
    private final AtomicLong refusals = new AtomicLong();
    private volatile List<PinnedMint> mints;
    private volatile Identification identification;

    /**
     * A port that does not listen yet.
     *
     * @param keyFile where the authority's key is kept, unless the configuration says otherwise
     * @param listener is told of mints and their answers
     * @param sink is told of mints that come and go
     */
    public MintPort(
            Sv2PortConfig config,
            Path keyFile,
            Sv2Platform platform,
            List<PinnedMint> mints,
            MintListener listener,
            StatsSink sink,
            LongSupplier nanoTime) {
        this.mints = List.copyOf(mints);
        this.listener = listener;
        this.stats = new DownstreamStats(sink);
        this.nanoTime = nanoTime;
        identification = new Identification(this.mints);
        port = new Sv2Port("mint-quote", config, keyFile, LinkSettings.DEFAULT, platform, policy(), this::accept);
    }

    /** Protocol 3 alone, version 2, no flags; the protocol implies the extension. */
    private static SetupPolicy policy() {
        return SetupPolicy.of(Protocol.MINT_QUOTE.number())
                .withExtensions(new ExtensionPolicy(Set.of(), Set.of(), Set.of(MintQuote.EXTENSION)));
    }

    @Override
    public String name() {
        return "mint_port";
    }

    @Override
    public Future<Void> start() {
        return port.start();
    }

    @Override
    public Future<Void> stop() {
        return port.stop();
    }

    private void accept(Sv2Connection connection) {
        connections.add(new MintConnection(connection, this, nanoTime));
    }

    Identification identification() {
        return identification;
    }

    MintListener listener() {
        return listener;
    }

    void refused() {
        refusals.incrementAndGet();
    }

    void identified(MintConnection link) {
        IdentifiedMint mint = link.mint();
        MintLinkEvents.mintIdentified(link.connectionId(), mint);
        stats.connected(link.info(), mint.mint().name());
        if (!identification.knows(mint.mint().key())) {
            link.dismiss();
            return;
        }
        boolean another = !mint.url().equals(urls.put(mint.mint().key(), mint.url()));
        listener.identified(link);
        if (another) {
            listener.mintsChanged();
        }
    }

    void ended(MintConnection link, List<MintQuoteRequest> unanswered, CloseReason reason) {
        connections.remove(link);
        MintLinkEvents.mintGone(link.connectionId(), link.mint(), unanswered.size());
        stats.disconnected(link.connectionId(), reason.label());
        listener.ended(link, unanswered);
    }

    void forget(MintConnection stranger) {
        connections.remove(stranger);
    }

    /** Pins other mints from now on; those that are no longer pinned lose their connections. */
    public void pin(List<PinnedMint> changed) {
        if (changed.equals(mints)) {
            return;
        }
        mints = List.copyOf(changed);
        Identification known = new Identification(mints);
        identification = known;
        connections.stream()
                .filter(MintConnection::isIdentified)
                .filter(link -> !known.of(link.mint().mint().key())
                        .equals(Optional.of(link.mint().mint())))
                .forEach(MintConnection::dismiss);
        listener.mintsChanged();
    }

    /** The mints that are pinned. */
    public List<PinnedMint> mints() {
        return mints;
    }

    /** Adds what is known of mints from earlier: where those were that have not connected since the start. */
    public void remember(Map<Bytes, String> known) {
        known.forEach(urls::putIfAbsent);
    }

    /** Where wallets find a mint, if that is known. */
    public Optional<String> url(PinnedMint mint) {
        return mint.url().or(() -> Optional.ofNullable(urls.get(mint.key())));
    }

    /** As {@link #url(PinnedMint)}, also of a mint that is pinned no more. */
    public Optional<String> url(Bytes key) {
        return identification.of(key).flatMap(this::url).or(() -> Optional.ofNullable(urls.get(key)));
    }

    /** What wallets are told: each mint and unit, those without a known URL left out. */
    public Ehash.EhashMints announcement() {
        List<Ehash.Mint> announced = new ArrayList<>();
        for (PinnedMint mint : mints) {
            url(mint)
                    .ifPresent(url -> mint.units().stream()
                            .sorted()
                            .map(unit -> new Ehash.Mint(Text.of(url), mint.key(), Text.of(unit)))
                            .forEach(announced::add));
        }
        return new Ehash.EhashMints(announced);
    }

    /** For {@code /api/v1/mints}: one for each that is pinned. */
    public JsonArray describe() {
        JsonArray all = new JsonArray();
        for (PinnedMint mint : mints) {
            JsonArray links = new JsonArray();
            connections.stream()
                    .filter(MintConnection::isIdentified)
                    .filter(link -> link.mint().mint().key().equals(mint.key()))
                    .sorted(Comparator.comparingLong(MintConnection::connectionId))
                    .map(MintConnection::state)
                    .forEach(links::add);
            all.add(new JsonObject()
                    .put("public_key", mint.name())
                    .put("url", url(mint).orElse(null))
                    .put("units", new JsonArray(mint.units().stream().sorted().toList()))
                    .put("weight", mint.weight())
                    .put("connections", links));
        }
        return all;
    }

    /** For {@code /api/v1/state}. */
    public JsonObject state() {
        return port.state().put("refused", refusals.get()).put("mints", describe());
    }

    /** Mints that are connected, each once. */
    public int connectedMints() {
        return Math.toIntExact(connections.stream()
                .filter(MintConnection::isIdentified)
                .map(link -> link.mint().mint().key())
                .distinct()
                .count());
    }
}
