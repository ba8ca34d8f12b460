# SPDX-License-Identifier: GPL-3.0-or-later
install(TARGETS spocd DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS spocctl DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES man/spocd.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES man/spoc-commands.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(FILES man/spocctl.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES man/spoc.toml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES etc/spoc.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/spoc)
install(FILES etc/systemd/spocd.service DESTINATION ${CMAKE_INSTALL_LIBDIR}/systemd/system)
