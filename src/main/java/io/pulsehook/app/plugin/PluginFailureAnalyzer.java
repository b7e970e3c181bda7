package io.pulsehook.app.plugin;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which plug-in keeps the service from starting, and what to do about it.
 */
final class PluginFailureAnalyzer extends AbstractFailureAnalyzer<PluginException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PluginException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
