"""How parties reach their platform: one small client a channel, each as a party's own software would be."""
