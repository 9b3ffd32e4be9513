package org.slf4j.impl;

import io.xtcmk.core.Loggers;
import org.slf4j.ILoggerFactory;
import org.slf4j.spi.LoggerFactoryBinder;

/** Where SLF4J 1.7 looks for its loggers: silent ones, unless a test wants to hear all. */
public final class StaticLoggerBinder implements LoggerFactoryBinder {
    /** The version of SLF4J that it is made for. */
    public static final String REQUESTED_API_VERSION = "1.7";

    private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

    private StaticLoggerBinder() {}

    public static StaticLoggerBinder getSingleton() {
        return SINGLETON;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Loggers.FACTORY;
    }

    @Override
    public String getLoggerFactoryClassStr() {
        return Loggers.class.getName();
    }
}
