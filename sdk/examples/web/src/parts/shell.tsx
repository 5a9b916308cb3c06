import type { Me } from '@ciel/sdk';
import { hooks } from '@ciel/sdk/react';
import type { ReactNode } from 'react';
import { BannedPage } from '../pages/banned.tsx';
import { Link, usePlace } from '../router.tsx';
import { Avatar } from './avatar.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Suggestions } from './suggestions.tsx';

/** Pages with many photographs or a large one. */
const WIDE = /^\/(explore|saved|search|tags|p|@)(\/|$)/;

/** The frame around every page for signed-in users. */
export function Shell({ children }: { children: ReactNode }) {
  const { data: me } = hooks.auth.me.useQuery();
  const { path } = usePlace();
  if (me?.ban) return <BannedPage ban={me.ban} />;
  return (
    <div className={WIDE.test(path) ? 'shell wide' : 'shell'}>
      <a className="skip" href="#main">
        Skip to the photographs
      </a>
      <header className="top">
        <Link to="/" className="wordmark">
          ciel
        </Link>
        <nav aria-label="More">
          <NavLink to="/search" icon="search" label="Search" />
          <Activity />
        </nav>
      </header>
      <nav className="main-nav" aria-label="Main">
        <Link to="/" className="wordmark">
          ciel
        </Link>
        <NavLink to="/" icon="home" label="Home" />
        <NavLink to="/search" icon="search" label="Search" className="wide-only" />
        <NavLink to="/explore" icon="explore" label="Explore" />
        <NavLink to="/new" icon="add" label="New" />
        <Activity className="wide-only" />
        <NavLink to="/saved" icon="bookmark" label="Saved" />
        {me && <Own me={me} />}
        <NavLink to="/settings" icon="settings" label="Settings" className="wide-only last" />
      </nav>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <aside className="beside" aria-label="People">
        <Suggestions />
      </aside>
    </div>
  );
}

interface NavLinkProps {
  to: string;
  icon: IconName;
  label: string;
  className?: string;
  badge?: number;
}

function NavLink({ to, icon, label, className = '', badge = 0 }: NavLinkProps) {
  return (
    <Link to={to} className={`nav-link ${className}`} aria-label={badge ? `${label}, ${badge} new` : label}>
      <span className="nav-icon">
        <Icon name={icon} />
        {badge > 0 && <span className="badge" data-count={badge > 99 ? '99+' : badge} />}
      </span>
      <span className="nav-label">{label}</span>
    </Link>
  );
}

/** The badge follows live events. */
function Activity({ className = '' }: { className?: string }) {
  const { data } = hooks.notifications.unreadCount.useQuery({});
  return (
    <NavLink
      to="/activity"
      icon="bell"
      label="Activity"
      className={className}
      badge={data?.unreadCount ?? 0}
    />
  );
}

function Own({ me }: { me: Me }) {
  return (
    <Link to={`/@/${me.handle}`} className="nav-link" aria-label="Your profile">
      <span className="nav-icon">
        <Avatar of={me} size={26} />
      </span>
      <span className="nav-label">Profile</span>
    </Link>
  );
}
