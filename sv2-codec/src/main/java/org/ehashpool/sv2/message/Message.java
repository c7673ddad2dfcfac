package org.ehashpool.sv2.message;

/** A message of any sub-protocol or extension. */
public sealed interface Message
        permits Common, Mining, JobDeclaration, TemplateDistribution, ExtensionsNegotiation, Ehash, MintQuote {}
