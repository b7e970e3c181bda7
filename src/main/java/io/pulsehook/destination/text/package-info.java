/**
 * Sends an event to people as a text in a chat: templates, the markup of each chat, and
 * the senders for Telegram and Slack.
 */
@NullMarked
package io.pulsehook.destination.text;

import org.jspecify.annotations.NullMarked;
