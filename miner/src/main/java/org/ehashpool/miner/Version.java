package org.ehashpool.miner;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = MinerMain.class.getPackage().getImplementationVersion();
        return new String[] {"ehash miner " + (version == null ? "(not packaged)" : version)};
    }
}
