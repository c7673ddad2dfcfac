package org.ehashpool.sv2.message;

/** A message of any sub-protocol or extension. */
public sealed interface Message
        permits Message.FromClient,
                Message.FromServer,
                Common,
                Mining,
                JobDeclaration,
                TemplateDistribution,
                ExtensionsNegotiation,
                Ehash,
                MintQuote {
    /** A message that the side that dialled may send. */
    sealed interface FromClient extends Message
            permits Common.FromClient,
                    Mining.FromClient,
                    JobDeclaration.FromClient,
                    TemplateDistribution.FromClient,
                    ExtensionsNegotiation.FromClient,
                    MintQuote.FromClient {}

    /** A message that the side that listens may send. */
    sealed interface FromServer extends Message
            permits Common.FromServer,
                    Mining.FromServer,
                    JobDeclaration.FromServer,
                    TemplateDistribution.FromServer,
                    ExtensionsNegotiation.FromServer,
                    Ehash.FromServer,
                    MintQuote.FromServer {}
}
